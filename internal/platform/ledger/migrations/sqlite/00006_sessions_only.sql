-- Reading tokens gave way to sessions of devices.
-- +goose Up
DROP TABLE tokens;
