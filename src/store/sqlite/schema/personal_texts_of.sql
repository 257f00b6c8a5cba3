-- By whose they are, to erase them.
CREATE INDEX personal_texts_of ON personal_texts (role, subject);
