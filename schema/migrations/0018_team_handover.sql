-- A handover is of one person, of a team (a department) or, with neither, of the whole shop.
ALTER TABLE handover ADD COLUMN team TEXT NOT NULL DEFAULT '';
