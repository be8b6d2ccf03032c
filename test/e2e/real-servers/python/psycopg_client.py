"""psycopg, which is libpq: `url` from the input, everything else from the environment."""

import sys

import psycopg
from driver import question, report


def ask():
    with psycopg.connect(sys.stdin.read()) as session:
        return session.execute(question).fetchone()[0]


report(ask)
