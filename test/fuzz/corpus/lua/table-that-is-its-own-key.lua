local x = {}
x[x] = 1
return x
