-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The GX authors
-- The message id of the letter that mail_cursor names: a relay that was set back counts anew, ids it never makes twice.
ALTER TABLE account ADD COLUMN mail_letter BLOB;
