def handler(event, context):
    if event.get("fail"):
        raise ValueError("as asked")
    return {"event": event, "function": context.function_name}
