"""What a message has instead of text, as JSON fields."""

from bot.sandbox.refusal import Json


def _file(name: str) -> Json:
    return {"file_id": name, "file_unique_id": name}


def photo() -> Json:
    return {"photo": [_file("photo") | {"width": 90, "height": 90}]}


def sticker() -> Json:
    size = {"width": 512, "height": 512}
    kind = {"type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": _file("sticker") | size | kind}


def voice() -> Json:
    return {"voice": _file("voice") | {"duration": 3, "mime_type": "audio/ogg"}}


def document(file_name: str) -> Json:
    return {"document": _file("document") | {"file_name": file_name}}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}
