import { Fault, type FieldFault } from '#faults';

/** A list was asked for something it does not offer; says what it does offer. */
export class BadListRequest extends Fault {
  constructor(errors: FieldFault[]) {
    super('malformed', 'bad_query', errors.map((error) => error.message).join(' '), errors);
  }

  static parameter(name: string, code: string, message: string): BadListRequest {
    return new BadListRequest([{ pointer: '', parameter: name, code, message }]);
  }
}
