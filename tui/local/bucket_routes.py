"""The endpoints of buckets (jobs-api.md §10; huggingface_hub `HfApi` from `create_bucket` on)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from .bucket_batch import apply, read_changes
from .buckets import BUCKET_NAME, Bucket, Buckets
from .clock import Clock
from .identity import Account, Identity
from .parameters import read_body
from .replies import Refusal

MYSELF = "me"
"""Stands for the user's own name."""
MISSING = {"X-Error-Code": "RepoNotFound"}


class BucketEndpoints:
    """Answers requests for buckets."""

    def __init__(self, identity: Identity, buckets: Buckets, clock: Clock) -> None:
        self._identity = identity
        self._buckets = buckets
        self._clock = clock

    def routes(self) -> list[Route]:
        """Every path of buckets."""
        bucket = "/api/buckets/{namespace}/{bucket}"
        return [
            Route("/api/buckets/{namespace}", self.list_buckets),
            Route(bucket, self.create, methods=["POST"]),
            Route(bucket, self.inspect, methods=["GET"]),
            Route(bucket, self.delete, methods=["DELETE"]),
            Route(bucket + "/xet-write-token", self.write_token),
            Route(bucket + "/xet-read-token", self.read_token),
            Route(bucket + "/batch", self.batch, methods=["POST"]),
            Route(bucket + "/tree", self.tree),
            Route(bucket + "/tree/{prefix:path}", self.tree),
            Route(bucket + "/paths-info", self.paths_info, methods=["POST"]),
            Route("/buckets/{namespace}/{bucket}/resolve/{path:path}", self.resolve),
        ]

    async def list_buckets(self, request: Request) -> Response:
        wanted = request.query_params.get("search", "")
        found = self._buckets.of(self._account(request).name)
        return JSONResponse([bucket.as_json() for bucket in found if wanted in bucket.name])

    async def create(self, request: Request) -> Response:
        account, name = self._account(request, to_write=True), request.path_params["bucket"]
        if not BUCKET_NAME.fullmatch(name):
            raise Refusal(400, "Invalid bucket name: letters, digits, single dots, - and _ only")
        private = _is_private(await read_body(request) if await request.body() else {})
        bucket = self._buckets.get(account.name, name)
        if bucket is not None:
            words = "You already created this bucket"
            return JSONResponse({"error": words} | _address(request, bucket), 409, {"X-Error-Message": words})
        bucket = self._buckets.create(account, name, private=private)
        return JSONResponse(_address(request, bucket) | {"name": bucket.full_name})

    async def inspect(self, request: Request) -> Response:
        return JSONResponse(self._bucket(request).as_json())

    async def delete(self, request: Request) -> Response:
        self._buckets.delete(self._bucket(request, to_write=True))
        return Response(status_code=204)

    async def write_token(self, request: Request) -> Response:
        self._bucket(request, to_write=True)
        return _token(*self._buckets.contents.hand_out())

    async def read_token(self, request: Request) -> Response:
        files = self._bucket(request).files.values()
        return _token(*await self._buckets.contents.lend(file.content_hash for file in files))

    async def batch(self, request: Request) -> Response:
        bucket, changes = self._bucket(request, to_write=True), read_changes(await request.body())
        failed = await apply(changes, bucket, self._buckets, self._clock, self._may_copy)
        done = len(changes) - len(failed)
        result = {"success": not failed, "processed": len(changes), "succeeded": done, "failed": failed}
        return JSONResponse(result, 200 if done else 422)

    async def tree(self, request: Request) -> Response:
        recursive = request.query_params.get("recursive", "").lower() in ("1", "true")
        prefix = request.path_params.get("prefix", "")
        return JSONResponse(list(self._bucket(request).tree(prefix, recursive=recursive)))

    async def paths_info(self, request: Request) -> Response:
        bucket, paths = self._bucket(request), (await read_body(request)).get("paths")
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise Refusal(400, "Invalid body: paths: must be an array of texts")
        return JSONResponse([bucket.files[path].as_json(path) for path in paths if path in bucket.files])

    async def resolve(self, request: Request) -> Response:
        bucket, path = self._bucket(request), request.path_params["path"]
        file = bucket.files.get(path)
        if file is None:
            raise Refusal(404, "File not found", {"X-Error-Code": "EntryNotFound"})
        token_url = f"{request.base_url}api/buckets/{quote(bucket.full_name)}/xet-read-token"
        headers = {
            "X-Xet-Hash": file.content_hash,
            "X-Xet-Refresh-Route": token_url,
            "X-Linked-Size": str(file.size_bytes),
        }
        content = self._buckets.contents.path(file.content_hash)
        if not content.is_file():
            raise Refusal(503, f"The content of {path} is missing in the folder of the local hub")
        return FileResponse(content, headers=headers, media_type="application/octet-stream")

    def _account(self, request: Request, *, to_write: bool = False) -> Account:
        namespace = request.path_params["namespace"]
        account = self._identity.account(self._identity.user.name if namespace == MYSELF else namespace)
        if account is None:
            raise Refusal(404, "Bucket not found, or you have no access to it", MISSING)
        if to_write and account.role == "read":
            raise Refusal(403, f"You have read access to {account.name} only")
        return account

    def _bucket(self, request: Request, *, to_write: bool = False) -> Bucket:
        account = self._account(request, to_write=to_write)
        bucket = self._buckets.get(account.name, request.path_params["bucket"])
        if bucket is None:
            raise Refusal(404, "Bucket not found, or you have no access to it", MISSING)
        return bucket

    def _may_copy(self, full_name: str, content_hash: str) -> bool:
        namespace, _, name = full_name.partition("/")
        source = self._buckets.get(namespace, name) if self._identity.account(namespace) else None
        return source is not None and any(file.content_hash == content_hash for file in source.files.values())


def _is_private(body: Mapping[str, Any]) -> bool:
    """Both shapes in use: `visibility`, and `private` from before; public when nothing is given."""
    visibility, private = body.get("visibility", "public"), body.get("private", False)
    if visibility not in ("public", "private") or not isinstance(private, bool):
        raise Refusal(400, 'Invalid body: visibility must be "public" or "private", private true or false')
    return visibility == "private" or private


def _address(request: Request, bucket: Bucket) -> dict[str, str]:
    return {"url": f"{request.base_url}buckets/{bucket.full_name}", "id": bucket.id}


def _token(store: Path, until: float) -> Response:
    """Access to a content store that is a folder; nobody asks for the token."""
    token = {"casUrl": f"local://{store}", "exp": int(until), "accessToken": secrets.token_hex(16)}
    return JSONResponse(token)
