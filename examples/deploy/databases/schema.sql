-- What the examples keep their notes in.
CREATE TABLE notes (id serial PRIMARY KEY, text text NOT NULL);
