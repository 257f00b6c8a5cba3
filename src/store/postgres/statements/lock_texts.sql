-- Nobody writes a text while those of all other people are copied.
LOCK TABLE recourse.personal_texts IN ACCESS EXCLUSIVE MODE
