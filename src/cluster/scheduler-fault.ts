/** What a scheduler said when it would not do what it was asked for, or that it is not here. */
export class SchedulerFault extends Error {
  override readonly name = 'SchedulerFault';
}
