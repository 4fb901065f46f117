"""Other systems' formats, each in a folder of its own; what comes out is the product's own words."""
