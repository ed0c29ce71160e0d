"""A sender of files in chunks, through Django's test client."""

import base64

from django.urls import reverse

from tests.submissions import samples

CHUNK = "application/offset+octet-stream"


def said(**words):
    """``Upload-Metadata`` for a photo of the plan, or for what is said instead."""
    words = {"filename": "plan.png", "filetype": "image/png", "requirement": "plan"} | words
    return ",".join(
        f"{key} {base64.b64encode(str(word).encode()).decode()}" for key, word in words.items()
    )


def picture(size=3000):
    """A PNG of exactly this many bytes."""
    return samples.png().ljust(size, b"\0")


class Sender:
    """Speaks tus to the portal as someone who is signed in."""

    def __init__(self, client, attempt):
        self.client = client
        self.attempt = attempt
        self.place = ""

    def headers(self, **more):
        told = {"Tus-Resumable": "1.0.0"}
        return told | {name.replace("_", "-"): str(value) for name, value in more.items()}

    def create(self, size, body=b"", headers=None, **words):
        answer = self.client.post(
            reverse("upload-add", args=[self.attempt.public_id]),
            body,
            content_type=CHUNK if body else "text/plain",
            headers=self.headers(Upload_Length=size, Upload_Metadata=said(**words))
            | (headers or {}),
        )
        self.place = answer.headers.get("Location", self.place)
        return answer

    def head(self):
        return self.client.head(self.place, headers=self.headers())

    def offset(self):
        return int(self.head()["Upload-Offset"])

    def patch(self, offset, body, content_type=CHUNK, **headers):
        return self.client.patch(
            self.place,
            body,
            content_type=content_type,
            headers=self.headers(Upload_Offset=offset, **headers),
            CONTENT_TYPE=content_type,  # of an empty chunk, too
        )

    def delete(self):
        return self.client.delete(self.place, headers=self.headers())

    def send(self, content, chunk=1000):
        """The rest of a file from where it stands."""
        answer = None
        for start in range(self.offset(), len(content), chunk):
            answer = self.patch(start, content[start : start + chunk])
        return answer
