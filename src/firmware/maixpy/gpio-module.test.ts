import { beforeEach, expect, it } from 'vitest';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { Fpioa } from './fpioa.ts';
import { gpioModule } from './gpio-module.ts';

const GPIOHS0 = 24;
const GPIO0 = 56;

let levels: Map<string, number>;
let spent: string[];
let gpio: Record<string, (...given: (number | boolean)[]) => unknown>;

beforeEach(() => {
  [levels, spent] = [new Map(), []];
  const pins = {
    level: (name: string) => levels.get(name) ?? 0,
    set: (name: string, level: number) => levels.set(name, level),
  };
  const inputs = { level: () => undefined };
  const hardware = { pins, inputs, directs: new Map(), spend: (call: string) => spent.push(call) };
  gpio = gpioModule(hardware as unknown as VirtualHardware, new Fpioa()) as unknown as typeof gpio;
});

it('knows which pin carries a function, and says -1 of one that no pin carries', () => {
  expect(gpio.fpioa_pin_of(GPIOHS0)).toBe(-1);
  gpio.fpioa_set(12, GPIOHS0);
  expect([gpio.fpioa_pin_of(GPIOHS0), gpio.fpioa_pin_of(GPIOHS0 + 1)]).toEqual([12, -1]);
});

it('shows a GPIO at the pin that carries it, and one that none carries by its own name', () => {
  gpio.fpioa_set(12, GPIOHS0 + 3);
  gpio.fpioa_set(5, GPIO0 + 2);
  [GPIOHS0 + 3, GPIO0 + 2, GPIOHS0 + 1, GPIO0 + 7].forEach((gpioNumber) => gpio.gpio_set(gpioNumber, 1));
  expect([...levels.keys()]).toEqual(['LED_B', 'IO5', 'GPIOHS1', 'GPIO7']);
});

it('reads its pull where nothing is wired, and the key of the board, which pulls up', () => {
  expect([gpio.gpio_input(GPIOHS0, true), gpio.gpio_input(GPIOHS0, false)]).toEqual([1, 0]);
  gpio.fpioa_set(16, GPIOHS0);
  expect(gpio.gpio_input(GPIOHS0, false)).toBe(1);
});

it('reads back what was written, keeps a level when it is set up again, and takes its time for each call', () => {
  gpio.gpio_set(GPIO0, 1);
  gpio.gpio_init(GPIO0);
  expect(gpio.gpio_get(GPIO0)).toBe(1);
  gpio.fpioa_set(3, GPIO0);
  expect(spent).toEqual(['pin.value', 'pin.init', 'pin.value', 'fpioa.set']);
});
