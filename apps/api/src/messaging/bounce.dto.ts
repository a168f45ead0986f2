export class BounceEffectDto {
  /** Address the report speaks of */
  email: string;
  /** failed, delayed, delivered, relayed or expanded (RFC 3464 §2.3.3) */
  action: string;
  /** Enhanced status code (RFC 3463) */
  status: string;
  /** What the mail server said */
  diagnostic: string;
  /** suppressed, noted on the message, or ignored */
  effect: 'suppressed' | 'noted' | 'ignored';
  /** The message that came back, where it is known */
  messageId: string | null;
}

export class BounceReportDto {
  /** Each address of the report, and what followed */
  recipients: BounceEffectDto[];
}
