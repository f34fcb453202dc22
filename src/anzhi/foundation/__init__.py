"""What every platform stands on; knows no resettlement business."""
