// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <memory>
#include <vector>

namespace gx::server::realtime {

// Objects by ids that are never used twice: an index and how often it was used. 0 is no id.
template <typename T>
class SlotTable final {
 public:
  // The object is made with its id as first argument.
  template <typename... Args>
  T &add(Args &&...args) {
    if (m_free.empty()) {
      m_free.push_back(static_cast<quint32>(m_slots.size()));
      m_slots.emplace_back();
    }
    const quint32 index = m_free.back();
    m_free.pop_back();
    Slot &slot = m_slots[index];
    slot.object = std::make_unique<T>((quint64{slot.generation} << 32) | index, std::forward<Args>(args)...);
    ++m_count;
    return *slot.object;
  }
  [[nodiscard]] T *find(quint64 id) const {
    const auto index = static_cast<quint32>(id);
    if (index >= m_slots.size() || m_slots[index].generation != id >> 32) return nullptr;
    return m_slots[index].object.get();
  }
  void remove(quint64 id) {
    const auto index = static_cast<quint32>(id);
    Slot &slot = m_slots[index];
    ++slot.generation;
    m_free.push_back(index);
    --m_count;
    slot.object.reset();
  }
  [[nodiscard]] qsizetype count() const { return m_count; }

 private:
  struct Slot {
    std::unique_ptr<T> object;
    quint32 generation = 1;
  };
  std::vector<Slot> m_slots;
  std::vector<quint32> m_free;
  qsizetype m_count = 0;
};

}  // namespace gx::server::realtime
