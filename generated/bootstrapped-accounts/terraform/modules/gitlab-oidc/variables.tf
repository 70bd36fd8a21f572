variable "provider_arn" {
  description = "ARN of the IAM OIDC provider of the account"
  type        = string
}

variable "roles" {
  description = "Names of those roles that not every account has"
  type        = set(string)
  default     = []
}

variable "account_id" {
  description = "ID of the account"
  type        = string
}

variable "permissions_boundary" {
  description = "ARN of the permissions boundary of roles that name no other"
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every role in the account"
  type        = map(string)
  default     = null
}
