"""A store of the S3 kind on this machine, and the portal's settings for it."""

import logging
from contextlib import contextmanager

import boto3
from django.conf import settings
from django.test import override_settings
from moto.server import ThreadedMotoServer

from portal import bucket

NAME = "evidence"
REGION = "us-east-1"
KEYS = ("key", "secret")


@contextmanager
def running():
    """Moto's server on a free port; gives its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def used():
    """The portal keeps its files in a bucket there; gives the bucket's client."""
    with running() as endpoint:
        store = bucket.storage(NAME, endpoint, REGION, KEYS)
        known = {"region_name": REGION, "endpoint_url": endpoint}
        keys = {"aws_access_key_id": KEYS[0], "aws_secret_access_key": KEYS[1]}
        client = boto3.client("s3", **known, **keys)
        client.create_bucket(Bucket=NAME)
        with override_settings(S3_BUCKET=NAME, STORAGES=settings.STORAGES | {"default": store}):
            yield client
        empty(client)


def empty(client):
    """Leave nothing in the bucket."""
    for upload in client.list_multipart_uploads(Bucket=NAME).get("Uploads", []):
        client.abort_multipart_upload(Bucket=NAME, Key=upload["Key"], UploadId=upload["UploadId"])
    for item in client.list_objects_v2(Bucket=NAME).get("Contents", []):
        client.delete_object(Bucket=NAME, Key=item["Key"])
