"""The management platform (综合管理平台): who decides."""
