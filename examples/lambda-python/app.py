"""A Lambda function that opens PostgreSQL with a token of the extension's.

The standard library, and pg8000 as the driver (pure Python, so that it needs no layer of its own).
"""

import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request

# Only this function's processes know it. Under SnapStart there is no session token.
LOCAL_TOKEN = os.environ.get("AWS_SESSION_TOKEN") or os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
PORT = os.environ.get("TOKENVEND_PORT", "2777")
DATABASE, USER = os.environ.get("EXAMPLE_TARGET", "orders/orders_app").split("/")
URL = f"http://127.0.0.1:{PORT}/v1/tokens?" + urllib.parse.urlencode(
    {"database": DATABASE, "user": USER}
)

# An HTTP_PROXY of the function's must not see the token.
_local = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def vend():
    """The extension's answer: it is in memory but for the first time."""
    request = urllib.request.Request(URL, headers={"X-Tokenvend-Token": LOCAL_TOKEN})
    try:
        with _local.open(request, timeout=10) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        message = f"tokenvend: {problem['code']}, request {problem['requestId']}"
        raise RuntimeError(message) from None


def tls_context(answer):
    """Verifies the certificate against the database's own CA, and the name in it."""
    return ssl.create_default_context(cafile=answer["tls"]["ca"]["file"])


def connect():
    import pg8000.dbapi

    answer = vend()
    return pg8000.dbapi.connect(
        host=answer["database"]["host"],
        port=answer["database"]["port"],
        database=answer["database"].get("dbname"),
        user=answer["user"],
        password=answer["token"],
        ssl_context=tls_context(answer),
    )


_connection = None


def handler(event, context):
    """Answers with who the database takes the function for."""
    global _connection
    if _connection is None:
        _connection = connect()
    try:
        return {"user": query(_connection)}
    except Exception:
        # It may have died while the environment was frozen. A new one needs a new token.
        _connection = connect()
        return {"user": query(_connection)}


def query(connection):
    cursor = connection.cursor()
    cursor.execute("select current_user")
    (user,) = cursor.fetchone()
    connection.rollback()
    return user
