-- Everything that is sold.
CREATE TABLE store.items (
    id SERIAL PRIMARY KEY,
    name TEXT NOT NULL,
    price NUMERIC(10, 2) DEFAULT 0
);

CREATE TYPE mood AS ENUM ('happy', 'sad');

/* Cheap items. */
CREATE VIEW cheap_items AS
SELECT
    name,
    CASE WHEN price < 1 THEN 'very' WHEN price < 5 THEN 'quite' ELSE 'not' END AS cheap
FROM store.items;

CREATE INDEX items_by_name ON store.items (name);

-- Adds two prices.
CREATE FUNCTION add_prices(a integer, b integer) RETURNS integer AS $$
    SELECT a + b;
$$ LANGUAGE sql;

CREATE TRIGGER items_changed
AFTER INSERT ON items
FOR EACH ROW EXECUTE FUNCTION log_change();

CREATE MATERIALIZED VIEW totals AS
SELECT sum(price) AS total FROM store.items;

INSERT INTO store.items (name) VALUES ('pen');
