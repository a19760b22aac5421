"""Triage of feedback (phản ánh, kiến nghị): queues, the page of a case, and everything an official does with one."""
