"""What channels that speak HTTP share and none of them owns. Knows Flask, no voice platform."""
