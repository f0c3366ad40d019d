# openmv-h7-plus
import image
from pyb import Servo
Servo(1).angle(0)
image.Image(160, 120, image.GRAYSCALE).erode(65536, threshold=2)
