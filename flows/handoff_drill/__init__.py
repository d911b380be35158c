"""The drill of handoffs: two installations, a wire that misbehaves, sudden deaths; and nothing between two chairs."""
