board(string.rep("ab", 1e5))
