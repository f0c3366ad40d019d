# openmv-h7-plus
import time
from pyb import Pin, Timer
Timer(4, freq=100000000).channel(1, Timer.PWM, pin=Pin("P7"), pulse_width_percent=50)
time.sleep(10)
