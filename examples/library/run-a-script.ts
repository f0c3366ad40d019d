import { maixduino } from 'inferscope';
import { pinEdges, readScope } from 'inferscope/instruments';
import { execScript } from 'inferscope/node';

const source = `
import utime
from Maix import GPIO
from board import board_info
from fpioa_manager import fm

fm.register(board_info.LED_R, fm.fpioa.GPIO0)
led = GPIO(GPIO.GPIO0, GPIO.OUT)
while True:
    led.value(1)
    sum(range(100))
    led.value(0)
    utime.sleep_ms(1)
`;

const { stoppedBy, records } = await execScript({
  board: maixduino,
  script: { name: 'blink.py', source },
  pulses: 5,
});
console.log(`stopped by ${stoppedBy}`);
for (const { name, shown } of readScope(pinEdges(records, 'LED_R')).measurements.slice(0, 3)) {
  console.log(`${name}: ${shown.mean}`);
}
