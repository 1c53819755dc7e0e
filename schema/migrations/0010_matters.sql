-- What a case is about besides goods and money, and work asked of other departments.

ALTER TABLE support_case ADD COLUMN matter_stage TEXT NOT NULL DEFAULT 'none';
ALTER TABLE support_case ADD COLUMN matter_severity BIGINT NOT NULL DEFAULT 3;
ALTER TABLE support_case ADD COLUMN matter_emotion TEXT NOT NULL DEFAULT 'unsaid';
ALTER TABLE support_case ADD COLUMN matter_escalation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_outside TEXT NOT NULL DEFAULT 'none';
ALTER TABLE support_case ADD COLUMN matter_outside_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE support_case ADD COLUMN matter_replied_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_promised_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_rounds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_proposal_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_satisfied TEXT NOT NULL DEFAULT 'unasked';
ALTER TABLE support_case ADD COLUMN matter_prevention_id TEXT;
ALTER TABLE support_case ADD COLUMN matter_contacts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_contact_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_contact_refused SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN matter_linked_case_id TEXT;
ALTER TABLE support_case ADD COLUMN matter_outcome TEXT NOT NULL DEFAULT 'none';
ALTER TABLE support_case ADD COLUMN matter_reopened BIGINT NOT NULL DEFAULT 0;

ALTER TABLE task ADD COLUMN owner_id TEXT;
ALTER TABLE task ADD COLUMN note_id TEXT;
ALTER TABLE task ADD COLUMN result_note_id TEXT;
ALTER TABLE task ADD COLUMN result TEXT NOT NULL DEFAULT 'none';
