# openmv-h7-plus
from pyb import Timer
t = Timer(2, freq=100000000, callback=lambda t: None)
while True: pass
