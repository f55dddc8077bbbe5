"""Logs of demo jobs that failed, in the ways that cost users of Jobs the most."""

from __future__ import annotations

from .demo_logs import bars, installing, traceback
from .demo_training import progress_bar

CUDA_OUT_OF_MEMORY = (
    *installing("torch==2.8.0", "transformers==4.56.1", "trl==0.23.0"),
    *bars("Loading checkpoint shards: ", 4, 1.9, states=4),
    "trainable params: 40,370,176 || all params: 7,656,986,112 || trainable%: 0.5272",
    *bars("", 1200, 2.31, states=3)[:1],
    *traceback(
        "/data/train.py",
        (118, "<module>", "trainer.train()"),
        (2328, "train", "return inner_training_loop("),
        (4020, "training_step", "self.accelerator.backward(loss, **kwargs)"),
        error=(
            "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total "
            "capacity of 21.98 GiB of which 412.44 MiB is free. Including non-PyTorch memory, this process "
            "has 21.57 GiB memory in use. Of the allocated memory 20.61 GiB is allocated by PyTorch, and "
            "671.20 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large "
            "try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation."
        ),
    ),
)

MISSING_COLUMN = (
    *installing("datasets==4.1.0", "polars==1.33.1"),
    *bars("Generating train split: ", 52002, 0.00004),
    *traceback(
        "/data/clean.py",
        (61, "<module>", "main()"),
        (44, "main", "rows = dataset.map(tidy, num_proc=4)"),
        (19, "tidy", 'return {"text": row["instruction"] + row["respone"]}'),
        error="KeyError: 'respone'",
    ),
)

KILLED_FOR_MEMORY = (
    *installing("pandas==2.3.2", "pyarrow==21.0.0"),
    "reading part-0000.parquet (1.9 GB)",
    "reading part-0001.parquet (1.9 GB)",
    "reading part-0002.parquet (1.9 GB)",
    "joining 3 tables on `doc_id`",
    "Killed",
)

CUDA_802 = (
    "torch 2.8.0+cu128, CUDA available: False",
    *traceback(
        "/app/serve.py",
        (12, "<module>", "torch.cuda.init()"),
        (412, "_lazy_init", "torch._C._cuda_init()"),
        error=(
            "RuntimeError: Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions "
            "before calling NumCudaDevices() that might have already set an error? "
            "Error 802: system not yet initialized"
        ),
    ),
)

NO_KERNEL_IMAGE = (
    "flash-attn 2.8.3 built for sm_89",
    *bars("Loading checkpoint shards: ", 2, 1.7, states=2),
    *traceback(
        "/app/train.py",
        (88, "<module>", "trainer.train()"),
        (1751, "_wrapped_call_impl", "return self._call_impl(*args, **kwargs)"),
        error="torch.AcceleratorError: CUDA error: no kernel image is available for execution on the device",
    ),
)

DISK_FULL = (
    *installing("datasets==4.1.0", "zstandard==0.25.0"),
    *bars("Downloading data: ", 164, 6.8, states=5)[:1],
    *traceback(
        "/data/prepare.py",
        (37, "<module>", "dataset = load_dataset(args.name, split='train')"),
        (894, "download_and_prepare", "self._download_and_prepare("),
        error="OSError: [Errno 28] No space left on device",
    ),
)

PUSH_FORBIDDEN = (
    *installing("torch==2.8.0", "transformers==4.56.1"),
    *bars("", 3000, 1.1, states=12),
    "{'train_runtime': 3311.4207, 'train_samples_per_second': 14.493, 'train_loss': 0.9127, 'epoch': 3.0}",
    *traceback(
        "/data/train.py",
        (141, "<module>", "trainer.push_to_hub()"),
        (112, "hf_raise_for_status", "raise _format(HfHubHTTPError, message, response) from e"),
        error=(
            "huggingface_hub.errors.HfHubHTTPError: 403 Forbidden: you don't have the rights to create a "
            "model under the namespace “acme-research”."
        ),
    ),
)

GATED_MODEL = (
    *installing("transformers==4.56.1", "vllm==0.10.2"),
    *traceback(
        "/data/generate.py",
        (23, "<module>", "llm = LLM('meta-llama/Llama-3.1-8B-Instruct')"),
        (426, "cached_files", "raise OSError("),
        error=(
            "OSError: You are trying to access a gated repo. 401 Client Error: access to model "
            "meta-llama/Llama-3.1-8B-Instruct is restricted. You must have access to it and be authenticated."
        ),
    ),
)

CUT_WHILE_UPLOADING = (
    *installing("torch==2.8.0", "transformers==4.56.1", "trl==0.23.0"),
    *bars("", 900, 1.84, states=9),
    "{'train_runtime': 1658.0312, 'train_loss': 1.0042, 'epoch': 1.0}",
    "uploading 4 files, 15.2 GB",
    "".join(progress_bar(part, 152, 0.9, "model-00001-of-00004.safetensors: ") for part in (9, 31, 54, 77)),
)
"""The time limit strikes a few minutes before everything would have been saved."""

SYNC_TIMED_OUT = (
    "listing hf://buckets/ada/raw …",
    "412 objects, 35 new",
    "httpx2.ReadTimeout: The read operation timed out",
)
