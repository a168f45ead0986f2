import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldFault, Invalid } from '#faults';
import { escapePointer } from './json-body.js';

/** Checks every body against its DTO: all faults at once, unknown properties included. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    validateCustomDecorators: false,
    exceptionFactory: (errors) => new Invalid(errors.flatMap((error) => faultsOf(error, ''))),
  });

/** One entry per broken rule, deepest fields included. */
function faultsOf(error: ValidationError, parent: string): FieldFault[] {
  const pointer = `${parent}/${escapePointer(error.property)}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code: codeOf(rule),
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

const codeOf = (rule: string): string =>
  rule === 'whitelistValidation' ? 'unknown_property' : rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
