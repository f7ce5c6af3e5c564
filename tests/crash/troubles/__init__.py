# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""One trouble a function: brings it about, sees that it is named, takes its cause away; answers what was seen, in a few words."""
