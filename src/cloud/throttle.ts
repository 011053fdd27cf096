/**
 * A token bucket, as EC2 throttles its API: per account, region and action (reference aws-ha.md, section 1.8; AWS, "Request throttling
 * for the Amazon EC2 API").
 */

export interface BucketSettings {
  /** Tokens that it holds when full. */
  readonly capacity: number;
  /** Tokens per second. */
  readonly refill: number;
}
