"""The parts that pages are built from: shapes of context, template tags and the drawings behind them."""
