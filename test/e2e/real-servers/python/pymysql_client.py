"""PyMySQL: `json`, with the three settings that make it verify the certificate and the name in it."""

import pymysql
from driver import connection, question, report, session_name


def tls_settings(tls):
    if tls["mode"] != "verify-full":
        return {"ssl_disabled": True}
    return {"ssl_ca": tls["ca"]["file"], "ssl_verify_cert": True, "ssl_verify_identity": True}


def ask():
    document = connection()
    database = document["database"]
    session = pymysql.connect(
        host=database["host"],
        port=database["port"],
        user=document["user"],
        password=document["token"],
        database=database["dbname"],
        program_name=session_name(document),
        **tls_settings(document["tls"]),
    )
    with session, session.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


report(ask)
