//! What infra-operator's webhooks refuse of the kinds that are no networks: users and vhosts of RabbitMQ, `InstanceHa`.

pub(super) mod instance_ha;
pub(super) mod rabbitmq;
