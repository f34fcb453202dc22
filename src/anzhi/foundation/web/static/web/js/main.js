// Wakes every behaviour. Each listens on the document, so rows swapped in later need no binding.
import "htmx";
import "anzhi/theme";
import "anzhi/keyboard";
import "anzhi/pick";
import "anzhi/dialogs";
import "anzhi/drop";
import "anzhi/amount";
import "anzhi/once";
import "anzhi/partial";
