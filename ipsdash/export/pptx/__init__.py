"""The slides as a PowerPoint presentation: native charts, native shapes, nothing that is only a picture."""
