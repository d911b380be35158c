"""Mass orders: proposed by one person, approved by another, then applied to every dossier that matches, once."""

from motcua.services.ordering.approving import (
    OrderNotApproved,
    OrderNotFound,
    OrderSelfApproved,
    approve_order,
    find,
    order_of,
    propose_order,
)
from motcua.services.ordering.carrying import Carried, carry_out, continue_orders
from motcua.services.ordering.surveying import Survey, survey

__all__ = [
    "Carried",
    "OrderNotApproved",
    "OrderNotFound",
    "OrderSelfApproved",
    "Survey",
    "approve_order",
    "carry_out",
    "continue_orders",
    "find",
    "order_of",
    "propose_order",
    "survey",
]
