"""监督管理平台: where the money went, and what should have happened and did not."""
