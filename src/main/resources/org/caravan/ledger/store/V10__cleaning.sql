-- When clean began to delete what a run left behind; from then on its files are not all there.

ALTER TABLE caravan_run ADD COLUMN cleaned TIMESTAMP WITH TIME ZONE;
