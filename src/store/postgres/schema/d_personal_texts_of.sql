-- By whose they are, to erase them.
CREATE INDEX personal_texts_of ON recourse.personal_texts (role, subject);
