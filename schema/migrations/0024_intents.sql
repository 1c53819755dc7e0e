-- What the customer really wants, and what they showed with their words.
ALTER TABLE support_case ADD COLUMN matter_intent TEXT NOT NULL DEFAULT 'unsaid';
ALTER TABLE note ADD COLUMN photo_ref TEXT NOT NULL DEFAULT '';
