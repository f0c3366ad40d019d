import { GuestError } from '../guest-error.ts';
import { HardwareTimer } from '../hardware/hardware-timer.ts';
import { PwmChannel, type PwmWave } from '../hardware/pwm-channel.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { PS_PER_SECOND, type Ps } from '../../units.ts';

/** Timers of the H743 count twice the clock of their bus at full speed: rcc of the reference manual, omv_boardconfig.h. */
const TIMER_HZ = 240e6;
/** Clock in which pulses of servos are counted: steps of 1 µs. */
const SERVO_HZ = 1e6;

type WaveArguments = [prescaler: number, periodSteps: number, highSteps: number, isInverted: boolean];

function waveOf([prescaler, periodSteps, highSteps, isInverted]: WaveArguments): PwmWave {
  const steps = Math.min(Math.max(highSteps, 0), periodSteps);
  return {
    ...{ clockHz: TIMER_HZ / prescaler, periodSteps },
    ...(isInverted
      ? { highSteps: periodSteps - steps, startsHigh: false }
      : { highSteps: steps, startsHigh: true }),
  };
}

/** What `_timer.py` calls: timers whose functions run in the interrupt itself, PWM on pins, servos. */
export function timerModule(hardware: VirtualHardware): HostModule {
  const timers = new Timers(hardware);
  return {
    timer_source_hz: () => TIMER_HZ,
    /** `handler` is -1 for a timer that calls nothing. */
    timer_start(id: number, prescaler: number, periodSteps: number, handler: number) {
      hardware.spend('timer.set');
      timers.start(id, { clockHz: TIMER_HZ / prescaler, steps: periodSteps, isOneShot: false }, handler);
    },
    timer_stop(id: number) {
      hardware.spend('timer.set');
      timers.stop(id);
    },
    /** Its interrupt is switched off, and it counts on. */
    timer_silence: (id: number) => timers.stop(id),
    timer_counter(id: number) {
      hardware.spend('ticks');
      return timers.counter(id);
    },
    pwm_start(pin: string, ...wave: WaveArguments) {
      hardware.spend('pwm.set');
      timers.pwm(pin).start(hardware.nowPs, pin, waveOf(wave));
    },
    pwm_change(pin: string, ...wave: WaveArguments) {
      hardware.spend('pwm.set');
      timers.pwm(pin).change(waveOf(wave));
    },
    pwm_stop(pin: string) {
      hardware.spend('pwm.set');
      timers.pwm(pin).stop();
    },
    servo_pulse(pin: string, periodUs: number, pulseUs: number) {
      hardware.spend('pwm.set');
      const wave = { clockHz: SERVO_HZ, periodSteps: periodUs, highSteps: pulseUs, startsHigh: true };
      const channel = timers.pwm(pin);
      if (channel.isRunning) channel.change(wave);
      else channel.start(hardware.nowPs, pin, wave);
    },
    interrupt_raise: (handler: number) => hardware.interrupts.raise(handler, 'immediate'),
  };
}

interface Running {
  readonly timer: HardwareTimer;
  handler: number;
  startPs: Ps;
  clockHz: number;
  steps: number;
}

/** The chip's timers by number and its PWM channels by pin. */
class Timers {
  readonly #hardware: VirtualHardware;
  readonly #timers = new Map<number, Running>();
  readonly #pwms = new Map<string, PwmChannel>();

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  start(id: number, setting: { clockHz: number; steps: number; isOneShot: boolean }, handler: number): void {
    if (!(setting.steps >= 1)) throw new GuestError('ValueError', 'must have positive freq');
    const running = this.#timers.get(id) ?? this.#add(id);
    Object.assign(running, { handler, startPs: this.#hardware.nowPs, ...setting });
    // The counter is blocked while its period register is 0 (TIMx_ARR in the reference manual), so it never comes round.
    if (handler >= 0 && setting.steps > 1) running.timer.start(this.#hardware.nowPs, setting);
    else running.timer.stop();
  }

  /** What waits is not called any more: the handler of the port looks whether its interrupt is still on. */
  stop(id: number): void {
    const running = this.#timers.get(id);
    if (!running) return;
    running.timer.stop();
    this.#hardware.interrupts.cancel(running.handler);
  }

  /** Steps since the counter last began again. */
  counter(id: number): number {
    const running = this.#timers.get(id);
    if (!running) return 0;
    const { startPs, clockHz, steps } = running;
    return Math.floor(((this.#hardware.nowPs - startPs) / PS_PER_SECOND) * clockHz) % steps;
  }

  pwm(pin: string): PwmChannel {
    const known = this.#pwms.get(pin);
    if (known) return known;
    const made = new PwmChannel(this.#hardware.pins);
    this.#pwms.set(pin, made);
    this.#hardware.clockworks.add(made);
    return made;
  }

  // The port calls the function from the handler of the interrupt (timer.c), so it does not wait for a bytecode.
  #add(id: number): Running {
    const { interrupts, clockworks } = this.#hardware;
    const timer = new HardwareTimer(() => interrupts.raise(running.handler, 'immediate'));
    const running: Running = { timer, handler: -1, startPs: 0, clockHz: TIMER_HZ, steps: 1 };
    this.#timers.set(id, running);
    clockworks.add(timer);
    return running;
  }
}
