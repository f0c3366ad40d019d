# Finds the white squares of a picture with a network that yolo2 reads, marks them on the screen, and blinks meanwhile.
#
#   inferscope exec examples/firmware/find-spots.py --board maixduino \
#     --flash 0x300000=examples/spots/spots.kmodel --camera examples/spots/spots.png --lcd found.png
import KPU as kpu
import lcd
import sensor
from board import board_info
from machine import PWM, Timer

lcd.init()
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((64, 64))
sensor.run(1)

# Width and height of each of five anchors, in cells of 8 pixels; the network uses the first.
anchors = (2, 2, 1, 1, 1, 1, 1, 1, 1, 1)
task = kpu.load(0x300000)
kpu.init_yolo2(task, 0.7, 0.3, 5, anchors)
blink = PWM(Timer(Timer.TIMER0, Timer.CHANNEL0, mode=Timer.MODE_PWM), freq=5, duty=50, pin=board_info.LED_G)

for frame in range(3):
    img = sensor.snapshot()
    found = kpu.run_yolo2(task, img)
    if found:
        for spot in found:
            print(spot)
            img.draw_rectangle(spot.rect())
    lcd.display(img)
kpu.deinit(task)
