# openmv-h7-plus
from pyb import Timer
t = Timer(2, freq=1e300, callback=print)
while True: pass
