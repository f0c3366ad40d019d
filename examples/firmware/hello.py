# Prints a line: the smallest script. It runs on every board that runs MicroPython:
#
#   inferscope exec examples/firmware/hello.py -b openmv-h7-plus
print('hello')
