"""Call-backs: an hour of the on-call roster at which a lawyer telephones an owner: agreed, made or missed, and gone."""
