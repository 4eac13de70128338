import { MachineFault } from '../errors/machine-fault.ts';

/** What a scheduler said when it would not do what it was asked for, or that it is not here. */
export class SchedulerFault extends MachineFault {
  override readonly name = 'SchedulerFault';
}
