"""SQLAlchemy: an engine without a password, which gets one for each connection from an event."""

import sys

from driver import connection, question, report, session_name
from sqlalchemy import URL, create_engine, event, text


def postgres(document):
    tls = document["tls"]
    return "postgresql+psycopg", {
        "sslmode": tls["mode"],
        "sslrootcert": tls["ca"]["file"],
        "application_name": session_name(document),
    }


def mariadb(document):
    tls = document["tls"]
    verify = {"ssl_ca": tls["ca"]["file"], "ssl_verify_cert": True, "ssl_verify_identity": True}
    encryption = verify if tls["mode"] == "verify-full" else {"ssl_disabled": True}
    return "mysql+pymysql", {**encryption, "program_name": session_name(document)}


def engine_of(document):
    database = document["database"]
    driver, arguments = {"postgres": postgres, "mariadb": mariadb}[database["engine"]](document)
    place = URL.create(
        driver,
        username=document["user"],
        host=database["host"],
        port=database["port"],
        database=database["dbname"],
    )
    engine = create_engine(place, connect_args=arguments)

    @event.listens_for(engine, "do_connect")
    def give_token(_dialect, _record, _arguments, parameters):
        parameters["password"] = document["token"]

    return engine


def engine_of_url(url):
    """The format `url`, with the name of the driver that SQLAlchemy wants in its scheme."""
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))


def ask():
    engine = engine_of_url(sys.stdin.read()) if sys.argv[1] == "url" else engine_of(connection())
    with engine.connect() as session:
        return session.execute(text(question)).scalar_one()


report(ask)
