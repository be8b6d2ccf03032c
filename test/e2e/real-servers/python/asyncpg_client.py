"""asyncpg: `json` with the password as a callback, or the environment alone."""

import asyncio
import sys

import asyncpg
from driver import connection, question, report, session_name, verified


def settings(document):
    database = document["database"]
    return {
        "host": database["host"],
        "port": database["port"],
        "database": database["dbname"],
        "user": document["user"],
        # Asked for each connection: a pool would fetch a fresh one here.
        "password": lambda: document["token"],
        "ssl": verified(document) or False,
        "server_settings": {"application_name": session_name(document)},
    }


async def fetch():
    session = await asyncpg.connect(**(settings(connection()) if sys.argv[1] == "json" else {}))
    try:
        return await session.fetchval(question)
    finally:
        await session.close()


report(lambda: asyncio.run(fetch()))
