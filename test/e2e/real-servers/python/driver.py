"""What the programs here have in common: a format's text as input, one answer or one message as output."""

import json
import os
import ssl
import sys

question = os.environ["QUESTION"]


def connection():
    """The format `json`, as a program reads it."""
    return json.load(sys.stdin)


def verified(document):
    """The TLS settings that the document asks for: the CA, and the name in the certificate."""
    if document["tls"]["mode"] != "verify-full":
        return None
    return ssl.create_default_context(cafile=document["tls"]["ca"]["file"])


def session_name(document):
    return f"tv:{document['id']}"


def report(ask):
    """Prints what the database answers, or why it stays shut."""
    try:
        print(ask())
    except Exception as refusal:
        sys.exit(f"{type(refusal).__name__}: {refusal}")
